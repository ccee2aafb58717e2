"""The starter library: texts as TOML, and what puts them into the database."""
