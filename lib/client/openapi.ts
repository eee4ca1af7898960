/* Made of openapi.json by openapi-typescript: "npm run openapi" makes it anew. */

export interface paths {
    "/api/v1/users/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get current authenticated user
         * @description Retrieves details for the currently authenticated user. These are who the token stands for, and what it may do. Where permissions do not fit into one answer of 5 MB, `Link` leads to the rest of them.
         *
         *     **Needs:** Any valid token.
         */
        get: operations["getCurrentUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List all users
         * @description Retrieves a list of all users in the system. Requires admin permission. They come by name. Without `limit` it is everyone who fits into one answer of 5 MB; where there are more, `Link` leads to the next page.
         *
         *     **Needs:** `admin` on user `*`.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get user details
         * @description Retrieves details for a specific user. Who has no `admin` on the user sees stars in place of its password hash.
         *
         *     **Needs:** To be that user, or `read` on it.
         */
        get: operations["getUser"];
        put?: never;
        /**
         * Create a new user
         * @description Creates a new user with the given username and password. Username in path takes precedence. All of it is done or none of it; of several creations of one name, in any spelling, exactly one succeeds. A user from another system is created with the hash of its password, `password_hash`, in place of `password`: exactly one of them is there.
         *
         *     **Needs:** `admin` on that user, and `admin` on what each initial policy is about.
         */
        post: operations["createUser"];
        /**
         * Delete a user
         * @description Deletes a specific user. Its permissions, API keys and sessions go with it: none of its tokens works any more. Its history stays. A new user of that name inherits nothing.
         *
         *     **Needs:** `admin` on that user, and every permission that it has. A global admin cannot delete itself.
         */
        delete: operations["deleteUser"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Update user password
         * @description Updates the password for a specific user. All its sessions are over then. A user who sends `current_password` needs no permission; wrong ones count as failed logins do.
         *
         *     **Needs:** `admin` on that user, and every permission that it has; or to be that user and send `current_password`.
         */
        put: operations["setUserPassword"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}/permissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's permissions
         * @description Lists what a user is granted, by resource. Where that does not fit into one answer of 5 MB, `Link` leads to the next page.
         *
         *     **Needs:** To be that user, or `read` on it.
         */
        get: operations["listPermissions"];
        put?: never;
        /**
         * Grant a permission
         * @description Gives a user a permission. To give it again changes nothing and is a success as well. A user has at most 100 permissions on any one resource; over how many resources is not limited.
         *
         *     **Needs:** `admin` on what the permission is about.
         */
        post: operations["grantPermission"];
        /**
         * Revoke permissions
         * @description Takes a permission from a user; without `type` every one that it has on that resource as that resource type. `*` is the permission on `*`, not every permission. It shows on the very next request.
         *
         *     **Needs:** `admin` on what the permission is about. A global admin cannot give up its own global admin.
         */
        delete: operations["revokePermissions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's API keys
         * @description Lists the live API keys of a user, the oldest first, never their secrets. Keys that are deleted or have expired are left out.
         *
         *     **Needs:** To be that user, or `admin` on it.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Makes an API key of a user, for a program. Its secret is in this answer alone. `Authorization: Bearer <encoded>` works at once.
         *
         *     No key can do more than its owner, nor more than the key that it is made with, nor live longer. Made for somebody else by other than a global admin it can do no more than they may do now, whatever they are granted later. A user has at most 100 live keys.
         *
         *     **Needs:** To be that user; or `admin` on it, and every permission that it has.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}/api-keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete an API key
         * @description Ends an API key for good. It is refused on the very next request. Through a key with a scope other keys can be ended only with `admin` on the user in that scope; itself it may always end.
         *
         *     **Needs:** To be that user, or `admin` on it.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log in
         * @description Answers a token for a person, which lives 12 hours unless asked otherwise. A user has at most 100 live sessions: the next ends the oldest.
         *
         *     An unknown user and a wrong password are refused in the same words and the same time, which outside the stage `dev` is a second at least. From the fifth wrong password in a row on, that username has to wait at that address: a second, then two, then four, at most 15 minutes. Tokens are not affected.
         */
        post: operations["createSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Log out
         * @description Ends the session whose token it comes with. An API key is ended by deleting it.
         *
         *     **Needs:** A session's token.
         */
        delete: operations["deleteCurrentSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End a user's sessions
         * @description Ends every session of a user, which is done as well when there are none. API keys live on. Through a key with a scope it needs `admin` on the user in that scope.
         *
         *     **Needs:** To be that user, or `admin` on it.
         */
        delete: operations["deleteSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/users/{userName}/audit-events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a user's history
         * @description Tells what was done to a user, by whom, with which token, from which address, before and after; what it was refused to do itself; and failed logins (of the last two at most twenty an hour). Newest first; `Link` leads to the next page. Events are kept 400 days. An administrator also sees what became of earlier users of that name.
         *
         *     **Needs:** To be that user, or `admin` on it.
         */
        get: operations["listAuditEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/evaluation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide whether X may do Y to Z
         * @description Access Evaluation of OpenID AuthZEN Authorization API 1.0. What is not known is a denial, not an error. A token with a scope is answered about its own user for what the token may do.
         *
         *     **Needs:** To be the subject; or `read` on that user; or `admin` on the resource.
         */
        post: operations["evaluate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide many at once
         * @description Access Evaluations of OpenID AuthZEN Authorization API 1.0: up to 1,000 decisions. Members beside `evaluations` are defaults, which each evaluation may replace whole. One that is malformed, or that the caller may not ask, is denied and says why. Without `evaluations` it is a single evaluation.
         *
         *     **Needs:** To be the subject; or `read` on that user; or `admin` on the resource. Where that is missing, that one is denied, saying so.
         */
        post: operations["evaluateMany"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/search/subject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find who may do Y to Z
         * @description Subject Search of OpenID AuthZEN Authorization API 1.0: the users who may do an action to a resource, by name.
         *
         *     **Needs:** `read` on user `*`, or `admin` on the resource.
         */
        post: operations["searchSubjects"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/search/resource": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find what X may do Y to
         * @description Resource Search of OpenID AuthZEN Authorization API 1.0: the resources of a type that a subject may do an action to, as far as its grants, or the scope of its own token, name them. `*` stands for every one of that type.
         *
         *     **Needs:** To be the subject; or `read` on that user; or `admin` on `*` of the resource type.
         */
        post: operations["searchResources"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/v1/search/action": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Find what X may do to Z
         * @description Action Search of OpenID AuthZEN Authorization API 1.0: the actions that a subject may do to a resource. All of them are one page.
         *
         *     **Needs:** To be the subject; or `read` on that user; or `admin` on the resource.
         */
        post: operations["searchActions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/authzen-configuration": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Discover the decision point
         * @description Metadata of OpenID AuthZEN Authorization API 1.0: the URLs of its endpoints, under the host that was asked.
         */
        get: operations["getAuthzenConfiguration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this document
         * @description This description of the API, as OpenAPI 3.1. Its server is the host that was asked.
         */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Every answer that is not 2xx. */
        Error: {
            /** @description One sentence that says what to do. */
            error: string;
        };
        /** @description What may be done to what. */
        Permission: {
            /** @description One thing of that type, by whatever name you give it: 1 to 256 characters (at most 1,000 bytes of UTF-8) without control characters. Exactly `*` stands for every one. Of type `user` it is a username, the same in any case. */
            resource: string;
            /** @description Of what kind the resource is: `table`, `user`, any other lower-case word, or `*` for every kind. */
            resource_type: string;
            /**
             * @description `read`, `write` or `admin`. `admin` includes both others, `write` does not include `read`.
             * @enum {string}
             */
            type: "read" | "write" | "admin";
        };
        /** @description Who. */
        Subject: {
            /** @description Of what type the subject is: `user`. */
            type: string;
            /** @description A username. */
            id: string;
            /** @description Accepted, and means nothing here. */
            properties?: Record<string, never>;
        };
        /** @description Whom to look for. An `id` is ignored. */
        SubjectType: {
            /** @description Of what type the subject is: `user`. */
            type: string;
            /** @description Accepted, and means nothing here. */
            properties?: Record<string, never>;
        };
        /** @description Does what. */
        Action: {
            /** @description `read`, `write` or `admin`. */
            name: string;
            /** @description Accepted, and means nothing here. */
            properties?: Record<string, never>;
        };
        /** @description To what. */
        Resource: {
            /** @description Of what type the resource is: a resource type. */
            type: string;
            /** @description A resource. */
            id: string;
            /** @description Accepted, and means nothing here. */
            properties?: Record<string, never>;
        };
        /** @description What to look for. An `id` is ignored. */
        ResourceType: {
            /** @description Of what type the resource is: a resource type. */
            type: string;
            /** @description Accepted, and means nothing here. */
            properties?: Record<string, never>;
        };
        /** @description Which page, and how long it is. */
        Page: {
            /** @description The `next_token` of the page before, of the same search. Absent or empty: the first. */
            token?: string;
            /** @description How many results a page has at most. More than 1,000, or without it, is 1,000. */
            limit?: number;
            /** @description Accepted, and means nothing here. */
            properties?: Record<string, never>;
        };
        /** @description How evaluations follow each other. */
        EvaluationOptions: {
            /**
             * @description Decide all; or stop after the first that is denied, or the first that is permitted.
             * @default execute_all
             * @enum {string}
             */
            evaluations_semantic: "execute_all" | "deny_on_first_deny" | "permit_on_first_permit";
        };
        /** @description It is done. */
        Done: {
            /**
             * @description Always the same.
             * @constant
             */
            message: "Operation completed successfully";
        };
        /** @description Who a token stands for. */
        Self: {
            /** @description The username, as it was written when the user was created. */
            username: string;
            /** @description What the token may do: what its user is granted, as far as the scope of the token goes. */
            permissions: components["schemas"]["Permission"][];
        };
        /** @description A user of a list. */
        ListedUser: {
            /** @description The username, as it was written when the user was created. */
            username: string;
        };
        /** @description A user. */
        User: {
            /** @description The username, as it was written when the user was created. */
            username: string;
            /** @description Base64 of the password hash: bcrypt, `$2b$…`, or what the user came with until it is replaced at a login; of `********` for who has no `admin` on the user. */
            password_hash: string;
        };
        /** @description An API key. */
        ApiKey: {
            /** @description Names the key, in paths and in the history; no secret. */
            key_id: string;
            /** @description What its maker called it. */
            name: string;
            /** @description The username, as it was written when the user was created. */
            username: string;
            /** @description Its scope: it may do what these and its user’s permissions both allow. */
            permissions?: components["schemas"]["Permission"][];
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends; without one it lives until it is deleted.
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description When it was last used, to the hour; absent before its first use.
             */
            last_used_at?: string;
        };
        /** @description An API key, just made. */
        NewApiKey: {
            /** @description Names the key, in paths and in the history; no secret. */
            key_id: string;
            /** @description What its maker called it. */
            name: string;
            /** @description The username, as it was written when the user was created. */
            username: string;
            /** @description Its scope: it may do what these and its user’s permissions both allow. */
            permissions?: components["schemas"]["Permission"][];
            /**
             * Format: date-time
             * @description When it was made.
             */
            created_at: string;
            /**
             * Format: date-time
             * @description When it ends; without one it lives until it is deleted.
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description When it was last used, to the hour; absent before its first use.
             */
            last_used_at?: string;
            /** @description The secret alone. It is part of `encoded`, and shown this once. */
            key_secret: string;
            /** @description The token: send it as `Authorization: Bearer <encoded>`. Shown this once. */
            encoded: string;
        };
        /** @description A session, just begun. */
        Session: {
            /** @description Send it as `Authorization: Bearer <token>`. Shown this once. */
            token: string;
            /**
             * @description How the token is sent.
             * @constant
             */
            token_type: "Bearer";
            /**
             * Format: date-time
             * @description When the session is over by itself.
             */
            expires_at: string;
            /** @description The username, as it was written when the user was created. */
            username: string;
        };
        /** @description Who did what to which user. */
        AuditEvent: {
            /** @description A ULID: ids sort by time. The last one of a page is `after` of the next. */
            event_id: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            time: string;
            /** @description What was done, as `users.set-password`. */
            operation: string;
            /**
             * @description `refused` for want of a permission, `failed` for a wrong password.
             * @enum {string}
             */
            outcome: "done" | "refused" | "failed";
            /** @description Who did it: a username, or `bootstrap`. */
            actor: string;
            /** @description Id of the token that it was done with. */
            token_id?: string;
            /** @description The user that it was done to. */
            username: string;
            /** @description Of what was refused: the permission that was missing. */
            reason?: string;
            before?: components["schemas"]["Change"];
            after?: components["schemas"]["Change"];
            /** @description The address that the request came from. */
            source_address?: string;
            /** @description The `X-Request-ID` of the request. */
            request_id: string;
        };
        /** @description What of the user was so, before the change or after it: no more than the change. */
        Change: {
            /** @description Permissions: all on that resource of that type, or the scope of the key. */
            permissions?: components["schemas"]["Permission"][];
            /** @description The username, as it was written when the user was created. */
            username?: string;
            /**
             * Format: date-time
             * @description When the user or the key was made.
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description When the password was last set.
             */
            password_changed_at?: string;
            /**
             * @description The user came with the hash of a password, `password_hash`.
             * @constant
             */
            password?: "imported";
            /** @description Ids of sessions that were alive. */
            sessions?: string[];
            /** @description Ids of API keys that were alive. */
            api_keys?: string[];
            /** @description Id of the key. */
            key_id?: string;
            /** @description Name of the key. */
            name?: string;
            /**
             * Format: date-time
             * @description When the key or the session ends.
             */
            expires_at?: string;
            /**
             * Format: date-time
             * @description When the key was last used.
             */
            last_used_at?: string;
        };
        /** @description Whether somebody may, and why. */
        Decision: {
            /** @description Whether the subject may. */
            decision: boolean;
            /** @description Why, and the permission that allows it as far as the asker may know it. */
            context: {
                /** @description Why, in a sentence. */
                reason: string;
                grant?: components["schemas"]["Permission"];
            };
        };
        /** @description An evaluation that could not be decided, which is a denial. */
        FailedDecision: {
            /**
             * @description What cannot be decided is denied.
             * @constant
             */
            decision: false;
            /** @description Why it could not be decided. */
            context: {
                /** @description Why it could not be decided. */
                error: {
                    /**
                     * @description The status of a request that asked for this evaluation alone.
                     * @enum {number}
                     */
                    status: 400 | 403;
                    /** @description What is wrong with it, or which permission is missing. */
                    message: string;
                };
            };
        };
        /** @description Where in its results a search is. */
        ResultPage: {
            /** @description Where the next page begins: `page.token` of the next request. Empty at the end. */
            next_token: string;
            /** @description Results on this page. */
            count: number;
        };
        /** @description Who may. */
        FoundSubjects: {
            page: components["schemas"]["ResultPage"];
            /** @description What was found. */
            results: {
                /** @description Always `user`. */
                type: string;
                /** @description A username. */
                id: string;
            }[];
        };
        /** @description What to. */
        FoundResources: {
            page: components["schemas"]["ResultPage"];
            /** @description What was found. */
            results: {
                /** @description The resource_type that was asked for. */
                type: string;
                /** @description A resource; `*` stands for every one. */
                id: string;
            }[];
        };
        /** @description What a subject may do. */
        FoundActions: {
            /** @description What the subject may do. */
            results: {
                /**
                 * @description A permission type.
                 * @enum {string}
                 */
                name: "read" | "write" | "admin";
            }[];
        };
        /** @description The metadata of a decision point. */
        AuthzenConfiguration: {
            /**
             * Format: uri
             * @description The URL that all others begin with.
             */
            policy_decision_point: string;
            /**
             * Format: uri
             * @description Where one decision is asked for.
             */
            access_evaluation_endpoint: string;
            /**
             * Format: uri
             * @description Where several decisions are asked for at once.
             */
            access_evaluations_endpoint: string;
            /**
             * Format: uri
             * @description Where it is asked who may.
             */
            search_subject_endpoint: string;
            /**
             * Format: uri
             * @description Where it is asked what to.
             */
            search_resource_endpoint: string;
            /**
             * Format: uri
             * @description Where it is asked what.
             */
            search_action_endpoint: string;
        };
    };
    responses: {
        /** @description There is no token, or none that is good. */
        Unauthorized: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is larger than 64 KB. */
        ContentTooLarge: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The body is not `application/json`. */
        UnsupportedMediaType: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There are too many requests: wait as long as `Retry-After` says. */
        TooManyRequests: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description Something went wrong here; the log has the cause. */
        InternalServerError: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description The service is too busy just now: to try again is safe. */
        ServiceUnavailable: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
        /** @description There was no answer in time: whether it was done is not known. */
        GatewayTimeout: {
            headers: {
                "X-Request-ID": components["headers"]["X-Request-ID"];
                "Retry-After": components["headers"]["Retry-After"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Error"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /**
         * @description Names the request, in the history too: your own id, if a function answered and you sent one of at most 128 visible ASCII characters.
         * @example 0b6c2f9a-6f0a-4b37-9d39-4f7c5a2b8f11
         */
        "X-Request-ID": string;
        /**
         * @description The URL of what did not fit, as `<url>; rel="next"`. Absent when that is all.
         * @example <http://127.0.0.1:3000/api/v1/users?limit=1&after=admin>; rel="next"
         */
        Link: string;
        /**
         * @description Seconds after which to try again.
         * @example 1
         */
        "Retry-After": string;
        /**
         * @description What to come with (RFC 6750). Of a token that was good until just now it is called `x-amzn-Remapped-WWW-Authenticate`.
         * @example Bearer
         */
        "WWW-Authenticate": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getCurrentUser: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who you are and what you may do. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "johndoe",
                     *       "permissions": [
                     *         {
                     *           "resource": "orders_table",
                     *           "resource_type": "table",
                     *           "type": "read"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Self"];
                };
            };
            401: components["responses"]["Unauthorized"];
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description How many users a page has at most. */
                limit?: number;
                /** @description Begins after this username, whether or not there is such a user. At most 128 letters, digits or `. _ @ + -`. */
                after?: string;
                /** @description Only users whose names begin so, in any case. At most 128 letters, digits or `. _ @ + -`. */
                prefix?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Users, sorted by name without regard to case. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "username": "johndoe"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ListedUser"][];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "johndoe",
                     *       "password_hash": "JDJiJDEyJExKM2lyUW1jTGk0dmcuVUEwTmFGcC5ERm9lTHhkYUJHbDlRR0pJUURPdmNzbWZmSUxtbXlt"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "johndoe",
                 *       "password": "s3cr3tP@sswOrd",
                 *       "initial_policies": [
                 *         {
                 *           "resource": "orders_table",
                 *           "resource_type": "table",
                 *           "type": "read"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description Ignored: the username in the path takes precedence. */
                    username?: string;
                    /** @description 8 characters (a stage may ask for more) to 72 bytes of UTF-8; not the username, and none of the common passwords that are guessed first. It is normalized (NFC). */
                    password?: string;
                    /**
                     * @description In place of `password`, for a user that comes from another system and keeps its password: base64 of the text of its hash, as `GET /users/{userName}` shows one. It is of bcrypt, `$2a$`, `$2b$` or `$2y$`, of a cost from 4 to that of new hashes here (12 when deployed); or of argon2id, `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, with m at most 131072 (KiB), t and p at most 16, m times t at most 262144, a salt of 8 to 64 bytes and a hash of 16 to 64. The rules for new passwords cannot be checked of it. At the first login it is replaced by one of bcrypt at the cost of new ones, unless the password is longer than 72 bytes.
                     * @example JGFyZ29uMmlkJHY9MTkkbT02NTUzNix0PTMscD00JEhUQUNUeVl1K29VOC9TTDV0Y1ZBSmckQUlMTXdSZlRzMVpsa3Q4VjRLY1lYbmVQSmduNDEyYkQxa2xlUVN0OVdDQQ==
                     */
                    password_hash?: string;
                    /**
                     * @description Permissions that the user has from the beginning.
                     * @default []
                     */
                    initial_policies?: components["schemas"]["Permission"][];
                } & (unknown | unknown);
            };
        };
        responses: {
            /** @description The user was created. */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "username": "johndoe",
                     *       "password_hash": "JDJiJDEyJExKM2lyUW1jTGk0dmcuVUEwTmFGcC5ERm9lTHhkYUJHbDlRR0pJUURPdmNzbWZmSUxtbXlt"
                     *     }
                     */
                    "application/json": components["schemas"]["User"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It cannot be done as things are. */
            409: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    deleteUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The user is gone. */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It cannot be done as things are. */
            409: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    setUserPassword: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "new_password": "newS3cr3tP@sswOrd"
                 *     }
                 */
                "application/json": {
                    /** @description 8 characters (a stage may ask for more) to 72 bytes of UTF-8; not the username, and none of the common passwords that are guessed first. It is normalized (NFC). */
                    new_password: string;
                    /** @description The current password of the user, if it is the user who changes it. */
                    current_password?: string;
                };
            };
        };
        responses: {
            /** @description The password is the new one. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Operation completed successfully"
                     *     }
                     */
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There are too many requests: wait as long as `Retry-After` says. */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listPermissions: {
        parameters: {
            query?: {
                /** @description Begins after this resource. One thing of that type, by whatever name you give it: 1 to 256 characters (at most 1,000 bytes of UTF-8) without control characters. Exactly `*` stands for every one. Of type `user` it is a username, the same in any case. */
                after?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the user is granted. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "resource": "orders_table",
                     *         "resource_type": "table",
                     *         "type": "read"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["Permission"][];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    grantPermission: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "resource": "orders_table",
                 *       "resource_type": "table",
                 *       "type": "read"
                 *     }
                 */
                "application/json": components["schemas"]["Permission"];
            };
        };
        responses: {
            /** @description The user has the permission. */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Operation completed successfully"
                     *     }
                     */
                    "application/json": components["schemas"]["Done"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It cannot be done as things are. */
            409: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    revokePermissions: {
        parameters: {
            query: {
                /**
                 * @description The resource that the permission is on. One thing of that type, by whatever name you give it: 1 to 256 characters (at most 1,000 bytes of UTF-8) without control characters. Exactly `*` stands for every one. Of type `user` it is a username, the same in any case.
                 * @example orders_table
                 */
                resource: string;
                /**
                 * @description The resource type that the permission is on.
                 * @example table
                 */
                resourceType: string;
                /**
                 * @description The type of the permission; without it all of them.
                 * @example read
                 */
                type?: "read" | "write" | "admin";
            };
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The permission is gone. */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It cannot be done as things are. */
            409: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The live keys. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "key_id": "K0VbvELKM8SsrLuWrB7e",
                     *         "name": "nightly report",
                     *         "username": "johndoe",
                     *         "permissions": [
                     *           {
                     *             "resource": "orders_table",
                     *             "resource_type": "table",
                     *             "type": "read"
                     *           }
                     *         ],
                     *         "created_at": "2026-11-24T19:51:27.619Z",
                     *         "expires_at": "2026-12-24T19:51:27.619Z",
                     *         "last_used_at": "2026-11-25T02:00:03.141Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["ApiKey"][];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "nightly report",
                 *       "expires_in": "720h",
                 *       "permissions": [
                 *         {
                 *           "resource": "orders_table",
                 *           "resource_type": "table",
                 *           "type": "read"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": {
                    /** @description What you call the key: 1 to 128 characters without control characters. */
                    name: string;
                    /** @description How long the key lives; without it until it is deleted. A duration as Go writes it, of at least a second: `720h`, `1h30m`, `45s`. */
                    expires_in?: string;
                    /** @description The scope of the key: it may do what these and the permissions of its user both allow. At most 8 KB of JSON. Without it all that its user may do. */
                    permissions?: components["schemas"]["Permission"][];
                };
            };
        };
        responses: {
            /** @description The key, with its secret this once. */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "key_id": "K0VbvELKM8SsrLuWrB7e",
                     *       "name": "nightly report",
                     *       "username": "johndoe",
                     *       "permissions": [
                     *         {
                     *           "resource": "orders_table",
                     *           "resource_type": "table",
                     *           "type": "read"
                     *         }
                     *       ],
                     *       "created_at": "2026-11-24T19:51:27.619Z",
                     *       "expires_at": "2026-12-24T19:51:27.619Z",
                     *       "key_secret": "zebySQiyWKjqpZIRjpl7FcchRLkv4rgjx9FQRzc972x",
                     *       "encoded": "bw_am9obmRvZQ.K0VbvELKM8SsrLuWrB7e.zebySQiyWKjqpZIRjpl7FcchRLkv4rgjx9FQRzc972x1GgVTx"
                     *     }
                     */
                    "application/json": components["schemas"]["NewApiKey"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description It cannot be done as things are. */
            409: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
                /**
                 * @description The `key_id` of the key.
                 * @example K0VbvELKM8SsrLuWrB7e
                 */
                keyId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The key is dead. */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    createSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "username": "johndoe",
                 *       "password": "s3cr3tP@sswOrd",
                 *       "expires_in": "8h"
                 *     }
                 */
                "application/json": {
                    /** @description The username, in any case. A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved. */
                    username: string;
                    /** @description The password. */
                    password: string;
                    /** @description How long the session lives: 12 hours unless said, at most `720h`. A duration as Go writes it, of at least a second: `720h`, `1h30m`, `45s`. */
                    expires_in?: string;
                };
            };
        };
        responses: {
            /** @description The token of a new session. */
            201: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "token": "bw_am9obmRvZQ.S0VbvELOqQsltwd1oHLi.eyRN9vulVBnWtP37CTAWyaLf3xcTBVA50K7JXQmzzf12pAbTe",
                     *       "token_type": "Bearer",
                     *       "expires_at": "2026-11-25T03:51:27.896Z",
                     *       "username": "johndoe"
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no token, or none that is good. */
            401: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "WWW-Authenticate": components["headers"]["WWW-Authenticate"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            /** @description There are too many requests: wait as long as `Retry-After` says. */
            429: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    "Retry-After": components["headers"]["Retry-After"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    deleteCurrentSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session is over. */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    deleteSessions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every session is over. */
            204: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    listAuditEvents: {
        parameters: {
            query?: {
                /**
                 * @description How many events a page has at most.
                 * @example 10
                 */
                limit?: number;
                /** @description Only events older than the one of this `event_id`. */
                after?: string;
            };
            header?: never;
            path: {
                /**
                 * @description A username: 1 to 128 letters and digits of any script, or `. _ @ + -`, beginning with a letter or digit. It is normalized (NFKC), kept as written, and the same in any case. `me` is reserved.
                 * @example johndoe
                 */
                userName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The history, newest first. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    Link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "event_id": "01M87HSZ43B09CS9NGQC5ZF2BQ",
                     *         "time": "2026-11-24T19:51:27.619Z",
                     *         "operation": "permissions.create",
                     *         "outcome": "done",
                     *         "actor": "admin",
                     *         "token_id": "K0VbvELKM8SsrLuWrB7e",
                     *         "username": "johndoe",
                     *         "before": {
                     *           "permissions": []
                     *         },
                     *         "after": {
                     *           "permissions": [
                     *             {
                     *               "resource": "orders_table",
                     *               "resource_type": "table",
                     *               "type": "read"
                     *             }
                     *           ]
                     *         },
                     *         "source_address": "203.0.113.7",
                     *         "request_id": "0b6c2f9a-6f0a-4b37-9d39-4f7c5a2b8f11"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["AuditEvent"][];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description What it is about is not there. */
            404: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    evaluate: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": {
                 *         "type": "user",
                 *         "id": "johndoe"
                 *       },
                 *       "action": {
                 *         "name": "read"
                 *       },
                 *       "resource": {
                 *         "type": "table",
                 *         "id": "orders_table"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Who: a `user` by its name. */
                    subject: components["schemas"]["Subject"];
                    /** @description Does what: `read`, `write` or `admin`. */
                    action: components["schemas"]["Action"];
                    /** @description To what: a resource type and a resource. */
                    resource: components["schemas"]["Resource"];
                    /** @description Accepted, and means nothing here: a decision rests on grants alone. */
                    context?: Record<string, never>;
                };
            };
        };
        responses: {
            /** @description The decision, and why it is so. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "decision": true,
                     *       "context": {
                     *         "reason": "johndoe is granted read on table \"orders_table\".",
                     *         "grant": {
                     *           "resource": "orders_table",
                     *           "resource_type": "table",
                     *           "type": "read"
                     *         }
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Decision"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    evaluateMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": {
                 *         "type": "user",
                 *         "id": "johndoe"
                 *       },
                 *       "resource": {
                 *         "type": "table",
                 *         "id": "orders_table"
                 *       },
                 *       "evaluations": [
                 *         {
                 *           "action": {
                 *             "name": "read"
                 *           }
                 *         },
                 *         {
                 *           "action": {
                 *             "name": "write"
                 *           }
                 *         }
                 *       ],
                 *       "options": {
                 *         "evaluations_semantic": "execute_all"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Who, where an evaluation does not say it: a `user` by its name. */
                    subject?: components["schemas"]["Subject"];
                    /** @description Does what, where an evaluation does not say it: `read`, `write` or `admin`. */
                    action?: components["schemas"]["Action"];
                    /** @description To what, where an evaluation does not say it. */
                    resource?: components["schemas"]["Resource"];
                    /** @description Accepted, and means nothing here: a decision rests on grants alone. */
                    context?: Record<string, never>;
                    /**
                     * @description What each evaluation says itself: any of `subject`, `action`, `resource` and `context`.
                     * @default []
                     */
                    evaluations?: unknown[];
                    /**
                     * @description How evaluations follow each other.
                     * @default {}
                     */
                    options?: components["schemas"]["EvaluationOptions"];
                } | {
                    evaluations: unknown[];
                } | unknown;
            };
        };
        responses: {
            /** @description The decisions, in the order of the evaluations; or the single one. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "evaluations": [
                     *         {
                     *           "decision": true,
                     *           "context": {
                     *             "reason": "johndoe is granted read on table \"orders_table\".",
                     *             "grant": {
                     *               "resource": "orders_table",
                     *               "resource_type": "table",
                     *               "type": "read"
                     *             }
                     *           }
                     *         },
                     *         {
                     *           "decision": false,
                     *           "context": {
                     *             "reason": "johndoe is not granted write on table \"orders_table\"."
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": {
                        /** @description A decision for each evaluation, in their order, up to where it stopped. */
                        evaluations: (components["schemas"]["Decision"] | components["schemas"]["FailedDecision"])[];
                    } | components["schemas"]["Decision"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    searchSubjects: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": {
                 *         "type": "user"
                 *       },
                 *       "action": {
                 *         "name": "read"
                 *       },
                 *       "resource": {
                 *         "type": "table",
                 *         "id": "orders_table"
                 *       },
                 *       "page": {
                 *         "limit": 100
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Of what type subjects are: `user`. */
                    subject: components["schemas"]["SubjectType"];
                    /** @description Does what: `read`, `write` or `admin`. */
                    action: components["schemas"]["Action"];
                    /** @description To what: a resource type and a resource. */
                    resource: components["schemas"]["Resource"];
                    /** @description Accepted, and means nothing here: a decision rests on grants alone. */
                    context?: Record<string, never>;
                    /**
                     * @description Which page of the results, and how long it is.
                     * @default {}
                     */
                    page?: components["schemas"]["Page"];
                };
            };
        };
        responses: {
            /** @description A page of users. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page": {
                     *         "next_token": "",
                     *         "count": 1
                     *       },
                     *       "results": [
                     *         {
                     *           "type": "user",
                     *           "id": "johndoe"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FoundSubjects"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    searchResources: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": {
                 *         "type": "user",
                 *         "id": "johndoe"
                 *       },
                 *       "action": {
                 *         "name": "read"
                 *       },
                 *       "resource": {
                 *         "type": "table"
                 *       },
                 *       "page": {
                 *         "limit": 100
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Who: a `user` by its name. */
                    subject: components["schemas"]["Subject"];
                    /** @description Does what: `read`, `write` or `admin`. */
                    action: components["schemas"]["Action"];
                    /** @description Of what type resources are. */
                    resource: components["schemas"]["ResourceType"];
                    /** @description Accepted, and means nothing here: a decision rests on grants alone. */
                    context?: Record<string, never>;
                    /**
                     * @description Which page of the results, and how long it is.
                     * @default {}
                     */
                    page?: components["schemas"]["Page"];
                };
            };
        };
        responses: {
            /** @description A page of resources. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "page": {
                     *         "next_token": "",
                     *         "count": 1
                     *       },
                     *       "results": [
                     *         {
                     *           "type": "table",
                     *           "id": "orders_table"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FoundResources"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    searchActions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "subject": {
                 *         "type": "user",
                 *         "id": "johndoe"
                 *       },
                 *       "resource": {
                 *         "type": "table",
                 *         "id": "orders_table"
                 *       }
                 *     }
                 */
                "application/json": {
                    /** @description Who: a `user` by its name. */
                    subject: components["schemas"]["Subject"];
                    /** @description To what: a resource type and a resource. */
                    resource: components["schemas"]["Resource"];
                    /** @description Accepted, and means nothing here: a decision rests on grants alone. */
                    context?: Record<string, never>;
                    /**
                     * @description Accepted, and means nothing here: there is one page.
                     * @default {}
                     */
                    page?: components["schemas"]["Page"];
                };
            };
        };
        responses: {
            /** @description The actions. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "results": [
                     *         {
                     *           "name": "read"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["FoundActions"];
                };
            };
            /** @description What was sent is not right; the sentence names the member and what would be. */
            400: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            401: components["responses"]["Unauthorized"];
            /** @description A permission is missing; the sentence names it. */
            403: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getAuthzenConfiguration: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Where what is. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "policy_decision_point": "http://127.0.0.1:3000",
                     *       "access_evaluation_endpoint": "http://127.0.0.1:3000/access/v1/evaluation",
                     *       "access_evaluations_endpoint": "http://127.0.0.1:3000/access/v1/evaluations",
                     *       "search_subject_endpoint": "http://127.0.0.1:3000/access/v1/search/subject",
                     *       "search_resource_endpoint": "http://127.0.0.1:3000/access/v1/search/resource",
                     *       "search_action_endpoint": "http://127.0.0.1:3000/access/v1/search/action"
                     *     }
                     */
                    "application/json": components["schemas"]["AuthzenConfiguration"];
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document. */
            200: {
                headers: {
                    "X-Request-ID": components["headers"]["X-Request-ID"];
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "openapi": "3.1.1",
                     *       "info": {
                     *         "title": "Bailiwick",
                     *         "version": "0.1.0"
                     *       },
                     *       "paths": {}
                     *     }
                     */
                    "application/json": {
                        /** @description The version of OpenAPI. */
                        openapi: string;
                        /** @description What the API is. */
                        info: {
                            /** @description The name of the API. */
                            title: string;
                            /** @description Its version. */
                            version: string;
                        };
                        /** @description Every path, with its operations. */
                        paths: Record<string, never>;
                    };
                };
            };
            413: components["responses"]["ContentTooLarge"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["InternalServerError"];
            503: components["responses"]["ServiceUnavailable"];
            504: components["responses"]["GatewayTimeout"];
        };
    };
}
