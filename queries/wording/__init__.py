"""How answers speak: numbers, lists, sentences and tables, in English and Persian."""
