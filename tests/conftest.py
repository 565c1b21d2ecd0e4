"""What every test stands on: none reaches an AWS account, and plain http endpoints need no CA bundle.

But the request tests, when `invoke test --requests` was asked for an account: they take its caller's credentials.
"""

import os

if not os.environ.get("STAGECRAFT_REQUESTS", "").endswith(" aws"):
    os.environ.pop("AWS_CA_BUNDLE", None)
    os.environ.pop("AWS_PROFILE", None)
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    os.environ["AWS_CONFIG_FILE"] = os.devnull
    os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
