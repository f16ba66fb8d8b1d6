"""References as a discipline has them, for the tests."""

project = html_title = "Schemes"
author = project_copyright = "The Editors"
version = release = "1.0"
