"""Pictures of numbers, made on the server as SVG: plain values in, safe markup out. Colour comes from the style sheet, and
never carries meaning alone.
"""
