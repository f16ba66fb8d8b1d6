"""A small edition, for the tests."""

project = "Fragments"
bibtex_bibfiles = ["works.bib"]
bibtex_default_style = "humanities"
bibtex_reference_style = "author_year"
