"""A passkey in software: makes and answers what a phone's would."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

ORIGIN = "http://testserver"
PRESENT_AND_VERIFIED = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV


class Passkey:
    """`handle` is the account's name that the site gave when the key was made."""

    def __init__(self, host: str = "testserver") -> None:
        self.id = b"a passkey of the tests"
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.host_hash = hashlib.sha256(host.encode()).digest()
        self.handle = ""
        self.uses = 0

    def make(self, options: dict[str, Any]) -> dict[str, Any]:
        """The browser's answer to creation options."""
        asked = options["publicKey"]
        self.handle = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        data = AuthenticatorData.create(
            self.host_hash,
            PRESENT_AND_VERIFIED | AuthenticatorData.FLAG.AT,
            0,
            credential,
        )
        return self._wrap(
            {
                "clientDataJSON": _client_data("webauthn.create", asked["challenge"]),
                "attestationObject": websafe_encode(
                    AttestationObject.create("none", data, {})
                ),
                "transports": ["internal"],
            }
        )

    def use(self, options: dict[str, Any]) -> dict[str, Any]:
        """The browser's answer to request options."""
        self.uses += 1
        data = AuthenticatorData.create(self.host_hash, PRESENT_AND_VERIFIED, self.uses)
        client = _client_data("webauthn.get", options["publicKey"]["challenge"])
        signed = bytes(data) + hashlib.sha256(websafe_decode(client)).digest()
        signature = self.key.sign(signed, ec.ECDSA(hashes.SHA256()))
        return self._wrap(
            {
                "clientDataJSON": client,
                "authenticatorData": websafe_encode(bytes(data)),
                "signature": websafe_encode(signature),
                "userHandle": self.handle,
            }
        )

    def _wrap(self, response: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "public-key",
            "id": websafe_encode(self.id),
            "rawId": websafe_encode(self.id),
            "authenticatorAttachment": "platform",
            "response": response,
            "clientExtensionResults": {"credProps": {"rk": True}},
        }


def _client_data(kind: str, challenge: str) -> str:
    data = {"type": kind, "challenge": challenge, "origin": ORIGIN}
    return websafe_encode(json.dumps(data).encode())
