// An identity provider of the Swedish profile for the tests: signs in whoever the address says,
// at the level it says. `node provider.mjs PORT CLIENTS`, the clients as JSON.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const [port, clients] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const NUMBER = "https://id.oidc.se/claim/personalIdentityNumber";
const people = new Map();

const provider = new Provider(issuer, {
  clients: JSON.parse(clients),
  acrValues: ["http://id.elegnamnden.se/loa/1.0/loa2", "http://id.elegnamnden.se/loa/1.0/loa3"],
  claims: { openid: ["sub", "acr", "auth_time", "email", "eduperson_principal_name", NUMBER] },
  conformIdTokenClaims: false,
  cookies: { keys: ["only-for-the-tests"] },
  features: { devInteractions: { enabled: false } },
  clientAuthMethods: ["client_secret_basic", "client_secret_post", "private_key_jwt"],
  enabledJWA: { clientAuthSigningAlgValues: ["RS256"] },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people.get(id) }) }),
});

async function interact(request, response) {
  const details = await provider.interactionDetails(request, response);
  const asked = new URL(request.url, issuer).searchParams;
  const accountId = asked.get("sub");
  people.set(accountId, JSON.parse(asked.get("claims")));
  const grant = new provider.Grant({ accountId, clientId: details.params.client_id });
  grant.addOIDCScope("openid");
  const login = { accountId, acr: asked.get("acr") ?? undefined };
  const consent = { grantId: await grant.save() };
  await provider.interactionFinished(request, response, { login, consent });
}

const rest = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith("/interaction/"))
    interact(request, response).catch((fault) => response.writeHead(500).end(String(fault)));
  else rest(request, response);
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
