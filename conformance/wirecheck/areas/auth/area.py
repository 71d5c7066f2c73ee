"""Keys: who may ask, and what for."""

from __future__ import annotations

from wirecheck.area import Area, Feature, Setting
from wirecheck.areas.auth.probes.keys import has_auth

AREA = Area(
    "keys",
    features=(Feature("auth", "bearer keys", has_auth),),
    settings=(
        Setting("narrow_key", "key", "the variable that holds a key without some of the contract's scopes"),
        Setting("narrow_scopes", "text", "the scopes that this key has, by the contract's names; none where left out"),
        Setting("revoked_key", "key", "the variable that holds a key that was revoked"),
        Setting("expired_key", "key", "the variable that holds a key or token whose time is over"),
        Setting("token", "key", "the variable that holds a JSON Web Token, where the key is none"),
    ),
)
