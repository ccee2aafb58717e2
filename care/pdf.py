"""From a whole page to a PDF. Only the worker imports this (see care/printing.py)."""

import re
from pathlib import Path

from django.contrib.staticfiles.finders import find
from weasyprint import CSS, HTML
from weasyprint.urls import URLFetcher

# The report's own style, and what only paper needs.
STYLES = ("css/report.css", "css/report-paper.css")
# A drawing is styled from within: WeasyPrint does not look at the page's style there.
CHART_STYLE = "css/report-chart.css"
CHART = re.compile(r'(<svg class="chart"[^>]*>)')
LETTER, A4 = "letter", "A4"
LETTER_COUNTRIES = ("US", "CA")


def pdf_of(html: str, country: str) -> bytes:
    """The page on the paper of a country, tagged for screen readers (PDF/UA-1). Nothing is fetched from anywhere."""
    paper = LETTER if country in LETTER_COUNTRIES else A4
    fetcher = closed()
    styles = [CSS(string=text, url_fetcher=fetcher) for text in (*map(_style, STYLES), f"@page {{ size: {paper} }}")]
    drawn = CHART.sub(rf"\1<style>{_style(CHART_STYLE)}</style>", html)
    return HTML(string=drawn, url_fetcher=fetcher).write_pdf(stylesheets=styles, pdf_variant="pdf/ua-1")


def closed() -> URLFetcher:
    """Opens no file and no connection, whatever a page asks for."""
    return URLFetcher(allowed_protocols={"data"}, allow_redirects=False)


def _style(name: str) -> str:
    return Path(str(find(name))).read_text()
