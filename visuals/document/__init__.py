"""A document as blocks, without any layout, and its writers: HTML, PDF, Markdown, JSON."""
