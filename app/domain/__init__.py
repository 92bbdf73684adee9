"""What is: frozen values and their rules, standard library only."""
