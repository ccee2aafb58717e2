"""What have you been shown, opened, kept for later?"""
