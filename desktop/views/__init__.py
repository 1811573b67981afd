"""Widgets: layout and painting. A condition about data belongs below."""
