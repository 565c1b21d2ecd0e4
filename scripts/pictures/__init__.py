"""Pictures computed from the tree: boxes, texts and lines first, then SVG, HTML or draw.io from the same drawing."""
