"""How the answers to saved questions and to free ones are asked for and shown."""
