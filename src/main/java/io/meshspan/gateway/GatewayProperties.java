package io.meshspan.gateway;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * East-west gateways.
 *
 * @param hostname What to do where the gateway of a primary with remotes has a hostname.
 */
@ConfigurationProperties("meshspan.gateway")
record GatewayProperties(@DefaultValue("resolve") HostnameWay hostname) {}
