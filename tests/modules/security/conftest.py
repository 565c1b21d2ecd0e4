"""What the tests of this folder share."""

from tests.modules.password_service import plan_with_passwords

__all__ = ["plan_with_passwords"]
