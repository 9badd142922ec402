// Certificates that sign themselves, valid for a hundred years, with their keys: for servers in tests alone.

export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** For 127.0.0.1 and instance.example. */
export const certificateOfInstance: Certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgVf/3OyIEU3i9Hmsq
6le9dI0yzSKPVWrmhjPtVt5BV/uhRANCAATLl9aZ7+a2HYcitx+AynQxB2iAzTpm
dXrE+duppG1CRxMdkm+nLv8i1SDLWaL9cRSqVr5p9o8GFhs3/aefRano
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBsDCCAVagAwIBAgIULF3dcVlyPRygYYhP33dfNNudXbMwCgYIKoZIzj0EAwIw
GzEZMBcGA1UEAwwQaW5zdGFuY2UuZXhhbXBsZTAgFw0yNjExMjIwMjUyMzdaGA8y
MTI2MTAyOTAyNTIzN1owGzEZMBcGA1UEAwwQaW5zdGFuY2UuZXhhbXBsZTBZMBMG
ByqGSM49AgEGCCqGSM49AwEHA0IABMuX1pnv5rYdhyK3H4DKdDEHaIDNOmZ1esT5
26mkbUJHEx2Sb6cu/yLVIMtZov1xFKpWvmn2jwYWGzf9p59FqeijdjB0MB0GA1Ud
DgQWBBRgr3STNuJZDwfLfXzyZSZeebS3GjAfBgNVHSMEGDAWgBRgr3STNuJZDwfL
fXzyZSZeebS3GjAPBgNVHRMBAf8EBTADAQH/MCEGA1UdEQQaMBiHBH8AAAGCEGlu
c3RhbmNlLmV4YW1wbGUwCgYIKoZIzj0EAwIDSAAwRQIgIj8hW91ndNMWNyq5wOlc
h66qr/zQUsYXMnHp8h8v8f4CIQCYQs+Bzt+xFvMFB2LYwXmqD0zHvDlKekssn0+1
OSC2Gw==
-----END CERTIFICATE-----`,
};

/** For other.example. */
export const certificateOfAnother: Certificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg1Wvvnxk1oiCuofku
y/bIhGpVqZ8zeqgqZSH7E5Ln5vShRANCAASZDFNULIxNxIA5pqLf4WD1NwCbn0Vn
oPMeyPuxa5WFQEJt9u8McJmZafEJruWEvy8G1aegiA1VMBeMZR688CKj
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBojCCAUegAwIBAgIUKQ2F7SA+ZgUtnl2td4ivtI8eb7owCgYIKoZIzj0EAwIw
GDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTAgFw0yNjExMjIwMjUyMzdaGA8yMTI2
MTAyOTAyNTIzN1owGDEWMBQGA1UEAwwNb3RoZXIuZXhhbXBsZTBZMBMGByqGSM49
AgEGCCqGSM49AwEHA0IABJkMU1QsjE3EgDmmot/hYPU3AJufRWeg8x7I+7FrlYVA
Qm327wxwmZlp8Qmu5YS/LwbVp6CIDVUwF4xlHrzwIqOjbTBrMB0GA1UdDgQWBBTv
4wKauICm5Cyt/8mWPCEzpbiGfTAfBgNVHSMEGDAWgBTv4wKauICm5Cyt/8mWPCEz
pbiGfTAPBgNVHRMBAf8EBTADAQH/MBgGA1UdEQQRMA+CDW90aGVyLmV4YW1wbGUw
CgYIKoZIzj0EAwIDSQAwRgIhAMBOf8Yyl10rqkR6irkwyALMjEtdXbxGzL0P3I0o
ppv2AiEAzK7Mqdwr3qwR65uc2bqjbs09jovNajhIovOjozGPPIY=
-----END CERTIFICATE-----`,
};
