/**
 * Stands in for the SDK's endpoint discovery in the bundles, with the cache it needs: DynamoDB has one
 * endpoint a region, and no operation used here asks for another.
 */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {};
export const resolveEndpointDiscoveryConfig = <T>(config: T): T => config;
