"""One item as large as the window: photos sharp to the pixel, videos that play, the neighbours in a strip below."""
