"""Who may see your records, and what did they say?"""
