<?php
// SimpleSAMLphp as an identity provider on loopback; everything it writes lies in its own folder.
$dir = __DIR__;
$config = [
    'baseurlpath' => getenv('IDP_ADDRESS') . '/',
    'certdir' => "$dir/cert/",
    'loggingdir' => "$dir/log/",
    'datadir' => "$dir/data/",
    'tempdir' => "$dir/tmp/",
    'metadatadir' => "$dir/metadata/",
    'attributenamemapdir' => '/usr/share/simplesamlphp/config/attributemap/',
    'secretsalt' => 'only-for-the-tests',
    'auth.adminpassword' => 'nobody-signs-in-as-this',
    'timezone' => 'Europe/Stockholm',
    'logging.handler' => 'file',
    'enable.saml20-idp' => true,
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'session.cookie.secure' => false,
    'session.cookie.samesite' => null,
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => "$dir/data",
    'session.phpsession.cookiename' => 'SimpleSAML',
    'language.available' => ['en'],
    'language.default' => 'en',
    'metadata.sources' => [['type' => 'flatfile']],
    'admin.checkforupdates' => false,
];
