"""Pictures made on the server: SVG with links and words, coloured by the style sheet alone."""
