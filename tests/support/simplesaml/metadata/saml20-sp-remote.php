<?php
// Our program as the test client calls it, and a neighbour whose answers are not for us.
$formats = ['NameIDFormat' => 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'];
$metadata['http://testserver/logga-in/saml/sjostad/'] = $formats + [
    'AssertionConsumerService' => 'http://testserver/logga-in/saml/sjostad/acs/',
];
$metadata['http://neighbour.example/saml/'] = $formats + [
    'AssertionConsumerService' => 'http://testserver/logga-in/saml/sjostad/acs/',
];
