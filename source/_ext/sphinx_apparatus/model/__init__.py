"""What an edition is: frozen values that know no file, no builder and no page."""
