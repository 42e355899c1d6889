"""Maps: where cities lie and how far their ties reach, over the outlines of Natural Earth (public domain)."""
