"""Who may sign in and who is signed in: accounts, sessions, waiting after failures."""

from library.accounts.accounts import Account, Accounts, Refused, SignedIn, account_name
from library.accounts.passwords import Passwords

__all__ = ["Account", "Accounts", "Passwords", "Refused", "SignedIn", "account_name"]
