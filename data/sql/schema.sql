-- Backstay: the table of model configurations, and what it stands on.
--
-- Plain SQL in one transaction, without psql's own commands, so that the whole file can be sent as
-- one query or read by "psql -f". PostgreSQL 13 or newer.
--
-- Everything is created, granted and protected only where it is absent, and nothing that exists is
-- altered: a second run changes nothing, and neither does a run on a hosted database that already
-- has the roles, auth.uid(), has_role() and the table. Creating the roles needs CREATEROLE, the
-- rest CREATE on the database; no step needs a superuser.

BEGIN;

SET LOCAL client_min_messages = warning;
SET LOCAL lock_timeout = '5s';
SET LOCAL search_path = '';

-- Roles ------------------------------------------------------------------------------------------

DO $$
DECLARE
  role_name text;
BEGIN
  FOREACH role_name IN ARRAY ARRAY['anon', 'authenticated', 'service_role'] LOOP
    CONTINUE WHEN to_regrole(role_name) IS NOT NULL;

    EXECUTE format('CREATE ROLE %I NOLOGIN NOINHERIT', role_name);

    -- Backstay acts as "authenticated" inside its transactions. A superuser may become any role,
    -- anybody else only one that was granted.
    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
    END IF;

    IF role_name = 'service_role' THEN
      BEGIN
        ALTER ROLE service_role BYPASSRLS;
      EXCEPTION WHEN insufficient_privilege THEN
        NULL; -- Backstay never uses this role; the platform's services can be given more later.
      END;
    END IF;
  END LOOP;
END
$$;

-- Who is asking, and may they? -------------------------------------------------------------------

DO $$
BEGIN
  IF to_regnamespace('auth') IS NULL THEN
    CREATE SCHEMA auth;
    GRANT USAGE ON SCHEMA auth TO anon, authenticated, service_role;
  END IF;

  IF to_regprocedure('auth.uid()') IS NULL THEN
    CREATE FUNCTION auth.uid()
    RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    SET search_path = ''
    AS $uid$
      SELECT nullif(coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''),
                             nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'),
                    '')::uuid
    $uid$;

    GRANT EXECUTE ON FUNCTION auth.uid() TO anon, authenticated, service_role;
  END IF;

  IF to_regtype('public.app_role') IS NULL THEN
    CREATE TYPE public.app_role AS ENUM ('admin', 'moderator', 'user');
  END IF;

  IF to_regclass('public.profiles') IS NULL THEN
    CREATE TABLE public.profiles (
      id         uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      username   text,
      created_at timestamptz NOT NULL DEFAULT now()
    );

    ALTER TABLE public.profiles ENABLE ROW LEVEL SECURITY;
    CREATE POLICY "Profiles are visible to everyone signed in" ON public.profiles
      FOR SELECT TO authenticated
      USING (true);

    GRANT SELECT ON public.profiles TO authenticated;
    GRANT ALL ON public.profiles TO service_role;
  END IF;

  IF to_regclass('public.user_roles') IS NULL THEN
    CREATE TABLE public.user_roles (
      id      uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      user_id uuid NOT NULL REFERENCES public.profiles (id) ON DELETE CASCADE,
      role    public.app_role NOT NULL,
      UNIQUE (user_id, role)
    );

    ALTER TABLE public.user_roles ENABLE ROW LEVEL SECURITY;
    CREATE POLICY "Users see their own roles" ON public.user_roles
      FOR SELECT TO authenticated
      USING (user_id = auth.uid());

    GRANT SELECT ON public.user_roles TO authenticated;
    GRANT ALL ON public.user_roles TO service_role;
  END IF;

  -- The function must read user_roles where its caller may not, hence SECURITY DEFINER. The search
  -- path is empty and every name is qualified: with "public" in it, a caller's own temporary table
  -- "user_roles" would be found first and make anybody an admin.
  IF to_regprocedure('public.has_role(uuid, public.app_role)') IS NULL THEN
    CREATE FUNCTION public.has_role(_user_id uuid, _role public.app_role)
    RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = ''
    AS $has_role$
      SELECT EXISTS (SELECT FROM public.user_roles r WHERE r.user_id = _user_id AND r.role = _role)
    $has_role$;

    REVOKE ALL ON FUNCTION public.has_role(uuid, public.app_role) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION public.has_role(uuid, public.app_role)
      TO anon, authenticated, service_role;
  END IF;
END
$$;

-- The history ------------------------------------------------------------------------------------

DO $$
BEGIN
  IF to_regclass('public.model_config_history') IS NULL THEN
    -- The reference has no ON DELETE action on purpose: a profile that versions name cannot be
    -- deleted, so that the history never forgets who made them. Where a platform deletes or hides
    -- profiles all the same, the version keeps an id that nothing answers to.
    CREATE TABLE public.model_config_history (
      id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      model_type  varchar(20) NOT NULL,
      config_name varchar(100) NOT NULL,
      config_data jsonb NOT NULL,
      is_active   boolean DEFAULT false,
      created_by  uuid REFERENCES public.profiles (id),
      created_at  timestamptz DEFAULT now(),
      notes       text
    );

    -- Row-level security is what protects the table: the roles' rights are those that a hosted
    -- database gives by default, so that both behave alike.
    ALTER TABLE public.model_config_history ENABLE ROW LEVEL SECURITY;
    GRANT ALL ON public.model_config_history TO anon, authenticated, service_role;
  END IF;

  IF NOT EXISTS (SELECT FROM pg_policy
                 WHERE polrelid = 'public.model_config_history'::regclass
                   AND polname = 'Admin access to model config history') THEN
    CREATE POLICY "Admin access to model config history" ON public.model_config_history
      FOR ALL TO public
      USING (public.has_role(auth.uid(), 'admin'::public.app_role));
  END IF;
END
$$;

CREATE INDEX IF NOT EXISTS idx_model_config_history_model_active
  ON public.model_config_history (model_type, is_active, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_model_config_history_created
  ON public.model_config_history (created_at DESC);
CREATE INDEX IF NOT EXISTS idx_model_config_history_creator
  ON public.model_config_history (created_by, created_at DESC);
CREATE INDEX IF NOT EXISTS idx_model_config_history_type_name
  ON public.model_config_history (model_type, config_name);

COMMIT;
