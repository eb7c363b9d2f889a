#!/bin/sh
# How the keys of PemTest were made, with OpenSSL 3. They are committed, for tests only, and protect nothing.
set -eu
P="-passout pass:test-password"
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa-pkcs8.pem
openssl rsa -in rsa-pkcs8.pem -traditional -out rsa-pkcs1.pem
openssl rsa -in rsa-pkcs8.pem -traditional -aes256 $P -out rsa-pkcs1-encrypted.pem
openssl pkcs8 -topk8 -in rsa-pkcs8.pem $P -out rsa-encrypted.pem
openssl pkcs8 -topk8 -in rsa-pkcs8.pem -v2 aes-128-cbc -v2prf hmacWithSHA512 $P -out rsa-encrypted-aes128.pem
openssl pkcs8 -topk8 -in rsa-pkcs8.pem -v2 des3 $P -out rsa-encrypted-des3.pem
openssl pkcs8 -topk8 -in rsa-pkcs8.pem -v1 PBE-SHA1-3DES $P -out rsa-encrypted-pbes1.pem
openssl pkcs8 -topk8 -in rsa-pkcs8.pem -scrypt $P -out rsa-encrypted-scrypt.pem
openssl rsa -in rsa-pkcs8.pem -pubout -out rsa-public.pem
openssl rsa -in rsa-pkcs8.pem -RSAPublicKey_out -out rsa-public-pkcs1.pem
openssl req -x509 -new -key rsa-pkcs8.pem -subj /CN=test -days 1 -out rsa-certificate.pem
openssl req -new -key rsa-pkcs8.pem -subj /CN=test -out rsa-request.pem
openssl genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out rsa-pss.pem
for curve in prime256v1 secp384r1 secp521r1; do
  openssl ecparam -name $curve -genkey -out ec-$curve-sec1.pem
  openssl pkcs8 -topk8 -nocrypt -in ec-$curve-sec1.pem -out ec-$curve-pkcs8.pem
  openssl pkey -in ec-$curve-pkcs8.pem -pubout -out ec-$curve-public.pem
done
openssl ec -in ec-prime256v1-sec1.pem -no_public -out ec-prime256v1-sec1-short.pem
openssl ecparam -name secp256k1 -genkey -noout -out ec-secp256k1-sec1.pem
openssl pkcs8 -topk8 -in ec-prime256v1-sec1.pem $P -out ec-encrypted.pem
for kind in ed25519 ed448; do
  openssl genpkey -algorithm $kind -out $kind.pem
  openssl pkey -in $kind.pem -pubout -out $kind-public.pem
done
openssl pkcs8 -topk8 -in ed25519.pem $P -out ed25519-encrypted.pem
cat rsa-certificate.pem rsa-pkcs8.pem > rsa-bundle.pem
cat rsa-pkcs1.pem ec-prime256v1-pkcs8.pem rsa-certificate.pem ec-prime256v1-public.pem > several.pem
openssl pkey -in rsa-pkcs8.pem -outform DER -out rsa.der
