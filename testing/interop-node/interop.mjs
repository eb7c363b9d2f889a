// Verifies Gateline's tokens through its JWKS before, during and after a rotation, and lets it verify tokens signed here.
import { createRemoteJWKSet, exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose'

const ISSUER = 'https://park.example'
const AUDIENCE = 'park-api'
const server = process.argv[2]
let passed = 0
let failed = 0

async function check(what, promise) {
  try {
    if ((await promise) === false) throw new Error('no')
    passed++
    console.log(`ok      ${what}`)
  } catch (e) {
    failed++
    console.log(`FAILED  ${what}: ${e.message}`)
  }
}

const refused = (promise) => promise.then(() => false, () => true)
const text = async (path, init) => (await fetch(`${server}${path}`, init)).text()
const keys = async (alg) => JSON.parse(await text(`/${alg}/jwks`)).keys.map((key) => key.kid)

function verify(alg, token, expected = {}) {
  const jwks = createRemoteJWKSet(new URL(`${server}/${alg}/jwks`))
  return jwtVerify(token, jwks, { issuer: ISSUER, audience: AUDIENCE, typ: 'at+jwt', algorithms: [alg], ...expected })
}

async function ours(alg) {
  const before = await text(`/${alg}/token`)
  await check(`${alg}: verified before a rotation`, verify(alg, before).then(({ payload }) => payload.sub === 'ada'))
  await check(`${alg}: refused for another audience`, refused(verify(alg, before, { audience: 'other' })))
  await check(`${alg}: refused when tampered with`, refused(verify(alg, before.replace(/.\./, 'A.').replace(/^e/, 'f'))))

  const first = await keys(alg)
  await text(`/${alg}/rotate`, { method: 'POST' })
  await check(`${alg}: the next key is published before it signs`, keys(alg).then((now) => now.length === first.length + 1))
  await check(`${alg}: verified during a rotation`, verify(alg, await text(`/${alg}/token`)))

  await text(`/${alg}/rotate-now`, { method: 'POST' })
  const after = await text(`/${alg}/token`)
  await check(`${alg}: signed with another key after it`, verify(alg, after).then((it) => !first.includes(it.protectedHeader.kid)))
  await check(`${alg}: the token from before is verified still`, verify(alg, before))
}

async function theirs(alg) {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: 'node', alg, use: 'sig' }
  const sign = (typ) =>
    new SignJWT({ role: 'keeper' })
      .setProtectedHeader({ alg, typ, kid: 'node' })
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setSubject('grace')
      .setJti('token-1')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(privateKey)
  const answer = (token) => text(`/${alg}/verify`, { method: 'POST', body: JSON.stringify({ token, keys: [jwk] }) })

  await check(`${alg}: we accept a token of jose's`, answer(await sign('at+jwt')).then((said) => said === 'grace keeper'))
  await check(`${alg}: we refuse one of another type`, answer(await sign('JWT')).then((said) => said === 'WRONG_TYPE'))
}

for (const alg of ['RS256', 'PS256', 'ES256', 'ES512', 'EdDSA']) {
  await ours(alg)
  await theirs(alg)
}
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 && passed > 0 ? 0 : 1
