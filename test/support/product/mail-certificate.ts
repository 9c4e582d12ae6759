/** A certificate for `mail.example` that it signed itself, with its key: they guard nothing but the mail servers of tests. */
export const mailCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgpJoArnftRk4FGQLv
d2di1opCidz98ddHB/GHNvEjEiKhRANCAASrRcnC/G1D2+ZBak0romgBfipleDd3
kbDt5hQzKvf1tvviII4x25iDVDvtlGh9D+BzTveeFg8rPedWYCv9sRkW
-----END PRIVATE KEY-----
`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBnTCCAUSgAwIBAgIUD+qAsui7W1lZRbYPVBHwJEcjwKMwCgYIKoZIzj0EAwIw
FzEVMBMGA1UEAwwMbWFpbC5leGFtcGxlMCAXDTI2MTEyOTA5NTAwNloYDzIxMjYx
MTA1MDk1MDA2WjAXMRUwEwYDVQQDDAxtYWlsLmV4YW1wbGUwWTATBgcqhkjOPQIB
BggqhkjOPQMBBwNCAASrRcnC/G1D2+ZBak0romgBfipleDd3kbDt5hQzKvf1tvvi
II4x25iDVDvtlGh9D+BzTveeFg8rPedWYCv9sRkWo2wwajAdBgNVHQ4EFgQUwM0C
50B4w16UukSsb5OCExNzKCYwHwYDVR0jBBgwFoAUwM0C50B4w16UukSsb5OCExNz
KCYwDwYDVR0TAQH/BAUwAwEB/zAXBgNVHREEEDAOggxtYWlsLmV4YW1wbGUwCgYI
KoZIzj0EAwIDRwAwRAIgUqOpEjuFJ7bQyWQGGmwzN8IiIp9lUnT3UkV4LdgzX3AC
IG7814dGmNrJEOBefA5TWL7SrggC/6Gf1npiJnECvQhi
-----END CERTIFICATE-----
`,
};
