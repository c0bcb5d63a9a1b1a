/** API Gateway's HTTP API: routes, the JWT authorizer and the payload format 2.0. */
package dev.clockbill.local.gateway;
