/** HTTP APIs of API Gateway: routes, the JWT authorizer and payload format 2.0. */
package dev.clockbill.local.gateway;
