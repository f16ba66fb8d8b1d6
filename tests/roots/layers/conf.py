"""Several apparatuses on one text, for the tests."""

project = html_title = "Several Apparatuses"
author = project_copyright = "The Editors"
version = release = "1.0"
apparatus_layers = {"fontes": "fontes", "testimonia": {"plural": "testimonia", "line": "wavy"}, "realia": "realia"}
