// The types of vendor/lit.js, from the package that it was bundled from.
export * from 'lit';
