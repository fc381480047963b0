"""The editors’ house: news, market notes and pages in three languages, from the desk to the reader.

A floor plan, from top to bottom (docs/decisions/0025-the-editors-house.md): `installation` and `showcase`,
`desk` (where editors work), `readers` (what they are answered), `syndication`, `menus`, `search`, `answers`,
`newsletter`, `staff`, `pages`, `publication` (what stands between a page and its readers), `translations`,
`blocks`, `files`. A room looks at those after it.
"""
