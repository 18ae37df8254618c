<?php
$metadata[getenv('IDP_ADDRESS') . '/idp'] = [
    'host' => '__DEFAULT__',
    'privatekey' => 'idp.key',
    'certificate' => 'idp.crt',
    'auth' => 'people',
    'attributes.NameFormat' => 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri',
    'authproc' => [
        10 => [
            'class' => 'saml:AuthnContextClassRef',
            'AuthnContextClassRef' => 'http://id.elegnamnden.se/loa/1.0/loa3',
        ],
    ],
];
