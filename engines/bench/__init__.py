"""Measures this program on this computer, and puts each number beside the bar it has to reach.

A measurement runs the program's own code over real or made files in a folder that is thrown away afterwards, and gives
rows: name, value, unit, bar. Commands choose what is measured: pipeline (files into the library), video (films, moment
by moment), search (out of it). Nothing here starts a worker or knows a setting: the command line hands over what is
needed (workbench).
"""
