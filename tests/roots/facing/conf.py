"""Translations beside their texts, for the tests."""

project = html_title = "Texts and Translations"
author = project_copyright = "The Editors"
version = release = "1.0"
