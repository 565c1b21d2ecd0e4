"""What every test stands on: none reaches an AWS account, and plain http endpoints need no CA bundle."""

import os

os.environ.pop("AWS_CA_BUNDLE", None)
os.environ.pop("AWS_PROFILE", None)
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
os.environ["AWS_CONFIG_FILE"] = os.devnull
os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
