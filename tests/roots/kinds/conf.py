"""Small editions of each kind of text, for the tests."""

project = html_title = "Kinds of Text"
author = "The Editors"
version = release = "1.0"
