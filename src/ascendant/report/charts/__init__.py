"""Tables of a study -> charts: each a finding, a drawing, the numbers drawn, and words for who cannot see it.

`every.every_chart(Given(...))` makes them, `render.svg_of(chart)` draws one, `font.font_face_css()` is what the page
that holds them needs. Loading `every` loads altair, and drawing starts vl-convert: neither is wanted for `--help`.
"""
