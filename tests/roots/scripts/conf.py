"""Texts in many scripts, for the tests."""

project = html_title = "Scripts"
author = project_copyright = "The Editors"
version = release = "1.0"
