"""The writers of a document: HTML, PDF, Word, Excel, Markdown, JSON, each of the same blocks."""
