// The types of vendor/oauth4webapi.js, from the package that it was bundled from.
export * from 'oauth4webapi';
