"""A passphrase hasher that costs little."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickArgon2(Argon2PasswordHasher):
    """Argon2id with the smallest cost: the real algorithm, quick enough for a thousand tests."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
