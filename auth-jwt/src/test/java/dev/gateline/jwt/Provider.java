package dev.gateline.jwt;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An access token of an identity provider in the shape that it documents, and the ID token that comes with it. In the
 * texts {@code '} stands for a quotation mark; the dates are {@link Forge#NOW} and five minutes later.
 *
 * @param claims of an access token for a user
 * @param clientClaims of one for a client that acts for itself; empty if there is none
 * @param idToken its header and claims; empty if there is none
 */
record Provider(
        String name,
        AccessTokenProfile profile,
        String issuer,
        String audience,
        String header,
        String claims,
        String clientClaims,
        List<String> idToken,
        String subject,
        List<String> scopes,
        List<String> roles) {

    static final long NOW = Forge.NOW;
    static final String DATES = "'iat':" + NOW + ",'exp':" + (NOW + 300);
    private static final String JWT = "{'typ':'JWT','alg':'RS256','kid':'KID'}";
    private static final String UNTYPED = "{'kid':'KID','alg':'RS256'}";
    private static final String AT_JWT = "{'alg':'RS256','typ':'at+jwt','kid':'KID'}";
    private static final String TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final String API = "00001111-aaaa-2222-bbbb-3333cccc4444";

    static List<Provider> all() {
        return List.of(
                auth0(),
                keycloak(),
                entraV2(),
                entraV1(),
                cognito(),
                okta(),
                springAuthorizationServer(),
                duende(),
                authentik(),
                zitadel(),
                logto());
    }

    static Provider auth0() {
        String issuer = "https://acme.eu.auth0.com/";
        String frame = "{'iss':'" + issuer + "'," + DATES;
        return new Provider(
                "Auth0",
                AccessTokenProfile.auth0(),
                issuer,
                "https://api.acme.example",
                JWT,
                frame + ",'sub':'auth0|123456','aud':['https://api.acme.example','https://acme.eu.auth0.com/userinfo'],"
                        + "'azp':'my_client_id','scope':'openid profile read:rides','permissions':['read:rides']}",
                frame + ",'sub':'my_client_id@clients','aud':'https://api.acme.example','azp':'my_client_id',"
                        + "'gty':'client-credentials'}",
                List.of(
                        JWT,
                        frame + ",'sub':'auth0|123456','aud':'my_client_id','name':'Ada','nickname':'ada',"
                                + "'email':'ada@acme.example','sid':'s1','nonce':'n-0S6'}"),
                "auth0|123456",
                List.of("openid", "profile", "read:rides"),
                List.of("read:rides"));
    }

    static Provider keycloak() {
        String issuer = "https://sso.acme.example/realms/acme";
        String frame = "{" + DATES + ",'auth_time':" + (NOW - 10) + ",'jti':'onrtac:3ff4a3e3-6a4c','iss':'" + issuer
                + "','sub':'f1c4f64e-2c0c-4cda','azp':'web','sid':'4c0a3a8a-3a47','acr':'1'";
        return new Provider(
                "Keycloak",
                AccessTokenProfile.keycloak("orders-api"),
                issuer,
                "orders-api",
                JWT,
                frame + ",'typ':'Bearer','aud':['orders-api','account'],'allowed-origins':['https://acme.example'],"
                        + "'realm_access':{'roles':['offline_access','keeper']},"
                        + "'resource_access':{'orders-api':{'roles':['editor']},'account':{'roles':['view-profile']}},"
                        + "'scope':'openid email','email_verified':true,'preferred_username':'ada'}",
                frame
                        + ",'typ':'Bearer','aud':'orders-api','scope':'email','client_id':'batch',"
                        + "'clientHost':'10.0.0.1'}",
                List.of(JWT, frame + ",'typ':'ID','aud':'web','at_hash':'x','nonce':'n','preferred_username':'ada'}"),
                "f1c4f64e-2c0c-4cda",
                List.of("openid", "email"),
                List.of("offline_access", "keeper", "editor"));
    }

    static Provider entraV2() {
        String issuer = "https://login.microsoftonline.com/" + TENANT + "/v2.0";
        String frame = "{'iss':'" + issuer + "','nbf':" + NOW + "," + DATES
                + ",'aio':'AXQAi/8TAAAA','oid':'oid-1','rh':'0.ARoA',"
                + "'sub':'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ','tid':'" + TENANT + "','ver':'2.0','aud':'" + API
                + "'";
        return new Provider(
                "Entra ID v2",
                AccessTokenProfile.entraV2(),
                issuer,
                API,
                JWT,
                frame + ",'azp':'client-1','azpacr':'0','name':'Ada','preferred_username':'ada@acme.example',"
                        + "'roles':['keeper'],'scp':'Rides.Read Rides.Write','uti':'uti-1'}",
                frame + ",'azp':'client-1','azpacr':'1','idtyp':'app','roles':['batch'],'uti':'uti-2'}",
                List.of(
                        JWT,
                        frame + ",'name':'Ada','roles':['keeper'],'preferred_username':'ada@acme.example','uti':'u'}"),
                "AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ",
                List.of("Rides.Read", "Rides.Write"),
                List.of("keeper"));
    }

    static Provider entraV1() {
        String issuer = "https://sts.windows.net/" + TENANT + "/";
        String header = "{'typ':'JWT','alg':'RS256','x5t':'i6lGk3FZzxRcUb2C3nEQ7syHJlY','kid':'KID'}";
        String frame = "{'iss':'" + issuer + "','nbf':" + NOW + "," + DATES
                + ",'aio':'ATQA','amr':['pwd','mfa'],'oid':'oid-1'," + "'rh':'0.ARoA','sub':'sub-1','tid':'" + TENANT
                + "','ver':'1.0'";
        return new Provider(
                "Entra ID v1",
                AccessTokenProfile.entraV1(),
                issuer,
                "api://" + API,
                header,
                frame + ",'aud':'api://" + API
                        + "','acr':'1','appid':'client-1','appidacr':'0','family_name':'Lovelace',"
                        + "'ipaddr':'192.0.2.1','scp':'Rides.Read','unique_name':'ada@acme.example',"
                        + "'upn':'ada@acme.example',"
                        + "'uti':'uti-1'}",
                frame + ",'aud':'api://" + API + "','appid':'client-1','appidacr':'1','idp':'" + issuer
                        + "','roles':['batch'],'uti':'uti-2'}",
                List.of(header, frame + ",'aud':'client-1','unique_name':'ada@acme.example','upn':'a','uti':'u'}"),
                "sub-1",
                List.of("Rides.Read"),
                List.of());
    }

    static Provider cognito() {
        String issuer = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_example";
        String frame = "{'sub':'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee','cognito:groups':['keepers'],'iss':'" + issuer
                + "','origin_jti':'aaaa','event_id':'bbbb','auth_time':" + NOW + "," + DATES + ",'jti':'cccc'";
        return new Provider(
                "Cognito",
                AccessTokenProfile.cognito(),
                issuer,
                "app-client-1",
                UNTYPED,
                frame + ",'device_key':'eu_1','version':2,'client_id':'app-client-1','token_use':'access',"
                        + "'scope':'phone openid aws.cognito.signin.user.admin','username':'ada'}",
                "{'sub':'app-client-1','token_use':'access','scope':'rides/read','auth_time':" + NOW + ",'iss':'"
                        + issuer + "'," + DATES + ",'version':2,'jti':'dddd','client_id':'app-client-1'}",
                List.of(
                        UNTYPED,
                        frame + ",'aud':'app-client-1','token_use':'id','cognito:username':'ada','email_verified':true,"
                                + "'at_hash':'x'}"),
                "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
                List.of("phone", "openid", "aws.cognito.signin.user.admin"),
                List.of("keepers"));
    }

    static Provider okta() {
        String issuer = "https://acme.okta.com/oauth2/default";
        String frame = "{'ver':1,'iss':'" + issuer + "'," + DATES;
        return new Provider(
                "Okta",
                AccessTokenProfile.okta(),
                issuer,
                "api://default",
                UNTYPED,
                frame
                        + ",'jti':'AT.0mP4JKAZX1iACIT4vbEDF7LpvDVjxypPMf0D7uX39RE','aud':'api://default',"
                        + "'sub':'ada@acme.example',"
                        + "'cid':'0oa1','uid':'00u1','scp':['openid','rides'],'auth_time':" + (NOW - 9)
                        + ",'groups':['keepers']}",
                frame + ",'jti':'AT.2','aud':'api://default','sub':'0oa1','cid':'0oa1','scp':['rides']}",
                List.of(
                        UNTYPED,
                        frame + ",'jti':'ID.1','sub':'00u1','aud':'0oa1','amr':['pwd'],'idp':'00o1','name':'Ada',"
                                + "'auth_time':" + (NOW - 9) + ",'at_hash':'fPlsvVszI29LU2UhDyJ9vg'}"),
                "ada@acme.example",
                List.of("openid", "rides"),
                List.of("keepers"));
    }

    static Provider springAuthorizationServer() {
        String issuer = "http://auth-server:9000";
        return new Provider(
                "Spring Authorization Server",
                AccessTokenProfile.springAuthorizationServer(),
                issuer,
                "messaging-client",
                UNTYPED,
                "{'sub':'ada','aud':'messaging-client','nbf':" + NOW + ",'scope':['openid','message.read'],'iss':'"
                        + issuer + "'," + DATES + ",'jti':'6e0d9a0f-5f57-4c4f'}",
                "{'sub':'messaging-client','aud':'messaging-client','nbf':" + NOW + ",'iss':'" + issuer + "'," + DATES
                        + ",'jti':'7e0d'}",
                List.of(
                        UNTYPED,
                        "{'sub':'ada','aud':'messaging-client','azp':'messaging-client','auth_time':" + NOW + ",'iss':'"
                                + issuer + "'," + DATES + ",'jti':'8e0d','sid':'s1'}"),
                "ada",
                List.of("openid", "message.read"),
                List.of());
    }

    static Provider duende() {
        String issuer = "https://id.acme.example";
        String header = "{'alg':'RS256','kid':'KID','x5t':'XbV_e6qXIoxUBpSsQWTzdWWWQkg','typ':'at+jwt'}";
        String frame = "{'iss':'" + issuer + "','nbf':" + NOW + "," + DATES + ",'jti':'77AA',";
        return new Provider(
                "Duende IdentityServer",
                AccessTokenProfile.duende(),
                issuer,
                "orders",
                header,
                frame
                        + "'aud':'orders','scope':['openid','orders.read'],'amr':['pwd'],'client_id':'web',"
                        + "'sub':'88421113',"
                        + "'auth_time':" + NOW + ",'idp':'local','sid':'5512','role':['keeper']}",
                frame + "'aud':['orders','invoices'],'scope':['orders.read'],'client_id':'batch'}",
                List.of(
                        "{'alg':'RS256','kid':'KID','x5t':'XbV_e6qXIoxUBpSsQWTzdWWWQkg','typ':'JWT'}",
                        frame + "'aud':'web','nonce':'n','at_hash':'x','sid':'5512','sub':'88421113','auth_time':" + NOW
                                + ",'idp':'local','amr':['pwd']}"),
                "88421113",
                List.of("openid", "orders.read"),
                List.of("keeper"));
    }

    static Provider authentik() {
        String issuer = "https://auth.acme.example/application/o/orders/";
        String frame = "{'iss':'" + issuer + "','sub':'3c3f','aud':'client-1'," + DATES + ",'auth_time':" + NOW
                + ",'acr':'goauthentik.io/providers/oauth2/default','amr':['pwd'],'nonce':'n','sid':'99aa',"
                + "'groups':['keepers']";
        return new Provider(
                "authentik",
                AccessTokenProfile.authentik(),
                issuer,
                "client-1",
                JWT,
                frame + ",'azp':'client-1','uid':'2Yq0','scope':'openid email'}",
                "",
                List.of(JWT, frame + "}"),
                "3c3f",
                List.of("openid", "email"),
                List.of("keepers"));
    }

    static Provider zitadel() {
        String issuer = "https://acme.zitadel.cloud";
        String frame = "{'iss':'" + issuer + "','sub':'170079991923474689'," + DATES;
        String roles = "'urn:zitadel:iam:org:project:roles':{'keeper':{'170086774599581953':'acme.example'}}";
        return new Provider(
                "ZITADEL",
                AccessTokenProfile.zitadel(),
                issuer,
                "170086363054473473",
                JWT,
                frame + ",'aud':['170086824411201793@portal','170086363054473473'],'nbf':" + NOW
                        + ",'jti':'170086305391476993','client_id':'170086824411201793@portal'," + roles + "}",
                frame + ",'aud':['170086363054473473'],'nbf':" + NOW + ",'jti':'2','client_id':'batch'}",
                List.of(
                        JWT,
                        frame + ",'aud':['170086824411201793@portal','170086363054473473'],'auth_time':" + NOW
                                + ",'amr':['pwd'],'azp':'170086824411201793@portal',"
                                + "'client_id':'170086824411201793@portal',"
                                + "'at_hash':'x','sid':'V1_1'," + roles + "}"),
                "170079991923474689",
                List.of(),
                List.of("keeper"));
    }

    static Provider logto() {
        String issuer = "https://acme.logto.app/oidc";
        String frame = "{'iss':'" + issuer + "'," + DATES
                + ",'jti':'qEBz','aud':'https://api.acme.example','scope':'read:rides'";
        return new Provider(
                "Logto",
                AccessTokenProfile.rfc9068(),
                issuer,
                "https://api.acme.example",
                AT_JWT,
                frame + ",'sub':'foo','client_id':'web'}",
                frame + ",'sub':'batch','client_id':'batch'}",
                List.of(
                        JWT,
                        "{'iss':'" + issuer + "'," + DATES + ",'sub':'foo','aud':'web','at_hash':'x','nonce':'n'}"),
                "foo",
                List.of("read:rides"),
                List.of());
    }

    static Provider google() {
        return new Provider(
                "Google",
                AccessTokenProfile.insecureGoogleIdTokensAsAccessTokens(),
                "https://accounts.google.com",
                "1234987819200.apps.googleusercontent.com",
                JWT,
                "{'iss':'https://accounts.google.com','azp':'1234987819200.apps.googleusercontent.com',"
                        + "'aud':'1234987819200.apps.googleusercontent.com','sub':'10769150350006150715113082367',"
                        + "'at_hash':'HK6E_P6Dh8Y93mRNtsDB1Q','hd':'acme.example','email':'ada@acme.example',"
                        + "'email_verified':true," + DATES + ",'nonce':'0394852-3190485-2490358'}",
                "",
                List.of(),
                "10769150350006150715113082367",
                List.of(),
                List.of());
    }

    String access(Forge forge) {
        return sign(forge, header, claims);
    }

    static String sign(Forge forge, String header, String claims) {
        return forge.sign(json(forge, header), json(forge, claims));
    }

    /** The access token's claims, with one changed; null leaves it out. */
    String with(Forge forge, String name, @Nullable Object value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(
                StrictJson.read(json(forge, claims).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .orElseThrow());
        members.remove(name);
        if (value != null) {
            members.put(name, value);
        }
        return forge.sign(
                json(forge, header), new ObjectMapper().valueToTree(members).toString());
    }

    private static String json(Forge forge, String text) {
        return text.replace("KID", forge.key().id()).replace('\'', '"');
    }

    @Override
    public String toString() {
        return name;
    }
}
