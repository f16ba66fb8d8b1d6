"""Concordances: the tables, lists and pictures that an edition computes from its data.

The modules of this package are pure but for three at the rim: `directives` leaves a
placeholder where a list shall stand, `transforms` fills it when every page has been
read, and `pages` renders each kind of list with docutils nodes that any builder knows.
"""
