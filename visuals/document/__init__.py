"""A document as blocks, without any layout, and what its numbers rest on."""
