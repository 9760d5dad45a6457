"""A small OpenID Connect provider on loopback, started by a test: it says of whoever comes what the test told it to."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET, KEY_ID = "ancam", "bi-mat-thu-nghiem", "k1"


class OpenIdProvider:
    """Use as a context manager. `claims` are told of whoever comes; `twist` changes the token before it goes."""

    def __init__(self, **claims: Any) -> None:
        self.claims: dict[str, Any] = claims
        self.in_userinfo: dict[str, Any] = {}
        self.twist: dict[str, Any] = {}
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signing_key = self.key
        self.codes: dict[str, dict[str, str]] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.answer_get(self)

            def do_POST(self) -> None:
                provider.answer_post(self)

            def log_message(self, *words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        self.thread = threading.Thread(target=self.server.serve_forever)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()

    def answer_get(self, asked: BaseHTTPRequestHandler) -> None:
        path = urlsplit(asked.path).path
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            told = {name: f"{self.address}/{part}" for name, part in names.items()}
            _send(asked, {"issuer": self.address, "userinfo_endpoint": f"{self.address}/userinfo", **told})
        elif path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
            _send(asked, {"keys": [{**public, "kid": KEY_ID, "alg": "RS256", "use": "sig"}]})
        elif path == "/userinfo":
            _send(asked, {"sub": self.claims["sub"], **self.in_userinfo})
        elif path == "/authorize":
            asked.send_response(302)
            asked.send_header("Location", self.send_back(asked.path))
            asked.end_headers()
        else:
            asked.send_error(404)

    def send_back(self, authorize: str) -> str:
        """Return where a browser that asks for this address is sent, as after the person's consent."""
        given = {name: values[0] for name, values in parse_qs(urlsplit(authorize).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = given
        return f"{given['redirect_uri']}?{urlencode({'code': code, 'state': given['state']})}"

    def answer_post(self, asked: BaseHTTPRequestHandler) -> None:
        body = asked.rfile.read(int(asked.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        given = self.codes.pop(sent.get("code", ""), None)
        known = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if given is None or asked.headers["Authorization"] != known or proof != given["code_challenge"]:
            _send(asked, {"error": "invalid_grant"}, 400)
            return
        now = int(time.time())
        said = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": given["nonce"]}
        token = jwt.encode({**said, **self.claims, **self.twist}, self.signing_key, "RS256", {"kid": KEY_ID})
        _send(asked, {"access_token": "x", "token_type": "Bearer", "id_token": token})


def _send(asked: BaseHTTPRequestHandler, told: dict[str, Any], status: int = 200) -> None:
    body = json.dumps(told).encode()
    asked.send_response(status)
    asked.send_header("Content-Type", "application/json")
    asked.send_header("Content-Length", str(len(body)))
    asked.end_headers()
    asked.wfile.write(body)
