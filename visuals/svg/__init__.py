"""Pictures as SVG: what is drawn for a page, for paper, for Word and for a notebook alike."""
