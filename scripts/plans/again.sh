#!/bin/sh
# Terragrunt's terraform while reviewed plans are applied: all is handed on, but a plan that was made before what its
# unit reads was known is made again first (scripts/plans/again.py). The last word of an apply is the plan file.
for plan in "$@"; do :; done
if [ "$1" = apply ] && [ -e "$plan.again" ]; then
  PYTHONPATH="$STAGECRAFT_CODE" exec "$STAGECRAFT_PYTHON" -m scripts.plans.again "$STAGECRAFT_TERRAFORM" "$@"
fi
exec "$STAGECRAFT_TERRAFORM" "$@"
