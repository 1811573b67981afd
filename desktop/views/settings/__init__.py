"""The settings dialog: generated from the options that engines.settings describes, so that none is ever missing."""
