"""An edition in German, for the tests."""

project = html_title = "Nachtlied"
author = "Die Herausgeber"
version = release = "1.0"
language = "de"
html_baseurl = "https://nachtlied.example.org/"
apparatus_short = "NL"
apparatus_released = "2026-11-27"
apparatus_licence = "https://creativecommons.org/licenses/by/4.0/deed.de"
apparatus_licence_name = "CC BY 4.0"
apparatus_report = "mailto:ausgabe@example.org?subject={id}"
apparatus_editors = {"ed": "Die Herausgeber"}
bibtex_bibfiles = ["werke.bib"]
bibtex_default_style = "humanities"
bibtex_reference_style = "humanities"
