"""This workstation's settings as a dialog that builds itself from their descriptions."""
